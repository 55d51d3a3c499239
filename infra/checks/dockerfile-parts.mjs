/** The stage that becomes the image. */
export const runtimeOf = (document) => document.data.stages.at(-1);

export const instructions = (stage, keyword) => stage.instructions.filter((one) => one.keyword === keyword);

/** One finding for each document of which `test` does not hold in its last stage. */
export const everyRuntime = (documents, test, finding) =>
  documents.filter((document) => !test(runtimeOf(document))).map(({ path }) => `${path} ${finding}`);

/** Removes all instructions of a keyword from the last stage of every document. */
export function withoutInstruction(documents, keyword) {
  for (const document of documents) {
    const stage = runtimeOf(document);
    stage.instructions = stage.instructions.filter((one) => one.keyword !== keyword);
  }
  return documents;
}

/** Replaces one instruction of the last stage, keeping its place. */
export function replaceInstruction(documents, keyword, argument, json = null) {
  for (const document of documents) {
    for (const one of instructions(runtimeOf(document), keyword)) Object.assign(one, { argument, json });
  }
  return documents;
}
