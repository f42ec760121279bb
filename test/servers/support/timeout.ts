/** Each of these tests starts four processes and more; a project's `testTimeout` is not heeded by jest. */
jest.setTimeout(60_000);
