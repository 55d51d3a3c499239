/** Which of the two nobody hears from. An uploader that is silent says nothing of its sensor. The words are API. */
export const SILENT_PARTS = ['sensor', 'uploader'] as const;
export type SilentPart = (typeof SILENT_PARTS)[number];

/** What is known of the uploader of a person while no readings come. Instants are seconds since the epoch. */
export interface UploaderSilence {
  readonly silent: SilentPart;
  /** When anything at all last came; `null` where that is not known. */
  readonly heardAt: number | null;
  /** When this was judged. It depends on when requests came in, and so is no part of an episode. */
  readonly judgedAt: number;
}
