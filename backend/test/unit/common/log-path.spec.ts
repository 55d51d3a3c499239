import { pathTemplate } from '../../../src/common/logging.module.js';

describe('the path in a log line', () => {
  it.each([
    ['/api/v1/patients/2bfa41e3-2a0e-4e21-a115-b5c9e0e73f45/overview?days=14', '/api/v1/patients/{id}/overview'],
    ['/api/v1/patients/me/records/meals/birthday%20cake', '/api/v1/patients/me/records/meals/{clientId}'],
    ['/api/v1/patients?query=Alice', '/api/v1/patients'],
    ['/api/v1/imports/F13F3B42-251B-4DF3-8311-83D7EF74C700', '/api/v1/imports/{id}'],
  ])('says where %s went and not whose it is', (url, path) => {
    expect(pathTemplate(url)).toBe(path);
  });
});
