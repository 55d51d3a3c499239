const UNQUOTED =
  /^\s*(?:- \{ )?[\w, :{}-]*\b(autoDeployTrigger|generation|value|postgresMajorVersion): *(on|off|yes|no|true|false|\d+)\b(?!['"])/gim;

export const rule = {
  name: 'quoted-words',
  why: 'off, true and 18 without quotes are no strings, and the blueprint demands strings',
  check: (documents) =>
    documents.flatMap(({ path, text }) =>
      [...text.matchAll(UNQUOTED)].map(([, key, word]) => `${path}: ${key} is ${word} without quotes`),
    ),
  mutate(documents) {
    documents[0].text = documents[0].text.replace('autoDeployTrigger: checksPass', 'autoDeployTrigger: off');
    return documents;
  },
};
