import { findingsOfMutation, loadDocuments, loadKinds, loadRules, schemaFindings } from './frame.mjs';

/** `node infra/checks/check.mjs [KIND …]`: every finding on a line of its own; exit 1 where there is one. */
const wanted = process.argv.slice(2);
let faults = 0;
const report = (text) => process.stdout.write(`${text}\n`);
const fault = (text) => {
  faults += 1;
  report(`  ${text}`);
};

for (const kind of await loadKinds()) {
  if (wanted.length > 0 && !wanted.includes(kind.name)) continue;
  const documents = await loadDocuments(kind);
  const rules = await loadRules(kind);
  report(`${kind.name}: ${documents.length} documents, ${rules.length} rules`);
  for (const document of kind.lint ? documents : []) {
    for (const finding of kind.lint(document)) fault(`${document.path}: ${finding}`);
  }
  if (kind.schema) {
    const findings = schemaFindings(kind, documents);
    if (findings === null) report(`  NOT RUN: ${documents.length} documents against ${kind.schema}, which is not here`);
    for (const finding of findings ?? []) fault(finding);
  }
  for (const rule of rules) {
    for (const finding of rule.check(documents)) fault(`${rule.name}: ${finding}`);
    if (findingsOfMutation(rule, documents).length === 0) fault(`${rule.name} does not see its own mutation`);
  }
}
process.exitCode = faults === 0 ? 0 : 1;
