/** The nouns of the wire under the names used here. Their shapes come from the server's OpenAPI document. */

import type { CheckedCitation, ConversationLine, DoneEvent, Passage, ProvisionView } from './schema'

export type {
  CheckAnswer,
  CheckedCitation,
  ConditionFinding,
  ConversationAnswer,
  ConversationLine,
  ExemptionAnswer,
  ExemptionFinding,
  FactField,
  FactsRead,
  Figure,
  FigureAnswer,
  FigureComposition,
  FigureFinding,
  FigureOverview,
  FigureTrend,
  FileFinding,
  FilePlace,
  FileReview,
  FileReviewLine,
  FineRange,
  Flag,
  FormField,
  Ground,
  ImportPreview,
  ImportReport,
  ListCandidate,
  ListFacts,
  Message,
  MissingFact,
  MonthPoint,
  Operand,
  Opinion,
  OpinionComparison,
  OpinionForm,
  OpinionLine,
  OpinionMissing,
  OpinionSection,
  OpinionVersion,
  Passage,
  PenaltyClause,
  ProcedureStep,
  ProportionalityAnswer,
  ProportionalityFinding,
  ProposedPenalty,
  Provenance,
  Ranking,
  RankLine,
  RecordImport,
  RecordOverview,
  ReviewFinding,
  RowChange,
  RowComparison,
  RowComparisonSheet,
  RowFilter,
  RowPage,
  RowProblem,
  SearchAnswer,
  SearchRequest,
  SectionChange,
  SessionAnswer,
  SheetMatch,
  Span,
  Veto,
} from './schema'

export type Done = DoneEvent
export type Provision = ProvisionView
export type ConversationSummary = ConversationLine
export type Status = Passage['status']
export type Kind = Passage['kind']
export type Verdict = CheckedCitation['verdict']

/** The first event of an answer. Events of the stream stand in no response body but `done`, hence by hand. */
export type Evidence = Pick<Done, 'conversation_id' | 'message_id' | 'as_of' | 'hits'> & {
  note: string | null
}

export interface Failed {
  where: string
  problem: string
  remedy: string
}
