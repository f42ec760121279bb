/** Requests that the tool or the server failed: the contract's error rate. */
export const FAILED = 'outcome=~"tool_error|error"';

/** A subscription is answered when its session ends: its duration is the session's. */
export const ANSWERED = 'method!="subscriptions/listen"';
