/** A Phoenix needs ten seconds and more to start; and a project's `testTimeout` is not heeded by jest. */
jest.setTimeout(120_000);
