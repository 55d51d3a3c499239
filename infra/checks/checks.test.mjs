import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsOfMutation, loadDocuments, loadKinds, loadRules, schemaFindings } from './frame.mjs';

for (const kind of await loadKinds()) {
  const documents = await loadDocuments(kind);

  for (const document of kind.lint ? documents : []) {
    test(`${document.path} passes the linter`, () => assert.deepEqual(kind.lint(document), []));
  }

  for (const document of kind.schema ? documents : []) {
    test(`${document.path} is valid by ${kind.schema}`, (context) => {
      const findings = schemaFindings(kind, [document]);
      if (findings === null) {
        context.diagnostic(
          `NOT RUN: ${document.path} against ${kind.schema}, no such file under REFERENCE_DATA/schemas`,
        );
        return context.skip(`no ${kind.schema}`);
      }
      return assert.deepEqual(findings, []);
    });
  }

  for (const rule of await loadRules(kind)) {
    test(`${kind.name}: ${rule.name}`, () => assert.deepEqual(rule.check(documents), [], rule.why));
    test(`${kind.name}: ${rule.name} is seen when broken`, () => {
      assert.notEqual(findingsOfMutation(rule, documents).length, 0);
    });
  }
}
