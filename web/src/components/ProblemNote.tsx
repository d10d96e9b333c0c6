import { Button } from 'antd'
import type { Problem } from '../api/http'

/** A failure in words, with a way on. */
export function ProblemNote({ problem, retry }: { problem: Problem; retry?: (() => void) | undefined }) {
  return (
    <div className="problem" role="alert">
      <div>
        <b>{problem.title}</b>
        <p>{problem.detail}</p>
        {problem.errors.length > 0 && (
          <ul>
            {problem.errors.map((error) => (
              <li key={error.where + error.problem}>
                {error.where}：{error.problem}
              </li>
            ))}
          </ul>
        )}
      </div>
      {retry && (
        <Button size="small" onClick={retry}>
          重试
        </Button>
      )}
    </div>
  )
}
