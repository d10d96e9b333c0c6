interface Props {
  columns: readonly string[]
  rows: readonly (readonly React.ReactNode[])[]
  label: string
  busy?: boolean
}

/** Rows as they stand in a ledger, wider than the page where they have to be. */
export function RowTable({ columns, rows, label, busy }: Props) {
  return (
    <div className="rows-scroll" tabIndex={0} role="region" aria-label={label} aria-busy={busy}>
      <table className="rows">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column}>{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, place) => (
                <td key={place}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
