/** The scenarios that a calculator can have, and what they look at: docs/conformance.md has the rows. */
export const PASSED: Readonly<Record<string, string>> = {
  'server-initialize':
    '`initialize`, `notifications/initialized`, and of what the id of a session is made',
  'server-session-lifecycle': 'a session, its end by DELETE, and 404 after it',
  ping: '`ping`',
  'tools-list': 'the tools: names, descriptions, schemas',
  'server-sse-multiple-streams':
    'three requests at once, each answered on an event stream of its own',
  'dns-rebinding-protection': 'a foreign `Host` and `Origin` are refused, their own are served',
};

/**
 * Those that ask for a tool of the suite's own, and for nothing that our tools could not do: they pass
 * where the product's server has that tool (fixture.ts).
 */
export const WITH_TOOL: Readonly<Record<string, string>> = {
  'tools-call-simple-text': 'test_simple_text',
  'tools-call-error': 'test_error_handling',
  'json-schema-2020-12': 'json_schema_2020_12_tool',
};

/** A scenario that a calculator cannot have. */
export interface LeftOut {
  /** The tool or method that it asks for. */
  needs: string;
  why: string;
}

const PROMPTS = 'it has no prompts';
const RESOURCES = 'it has no resources';
const LOGS = 'its logs go to stderr and OTLP, not to the client';
const ASKS = 'its tools ask the client for nothing';

/** The reasons, a line each: what the calculator is that it cannot do so. */
export const LEFT_OUT: Readonly<Record<string, LeftOut>> = {
  'tools-call-image': { needs: 'test_image_content', why: 'its tools return text and numbers' },
  'tools-call-audio': { needs: 'test_audio_content', why: 'its tools return text and numbers' },
  'tools-call-embedded-resource': { needs: 'test_embedded_resource', why: RESOURCES },
  'tools-call-mixed-content': { needs: 'test_multiple_content_types', why: RESOURCES },
  'tools-call-with-progress': {
    needs: 'test_tool_with_progress',
    why: 'its calls are over at once',
  },
  'tools-call-with-logging': { needs: 'logging/setLevel', why: LOGS },
  'tools-call-sampling': { needs: 'test_sampling', why: ASKS },
  'tools-call-elicitation': { needs: 'test_elicitation', why: ASKS },
  'elicitation-sep1034-defaults': { needs: 'test_elicitation_sep1034_defaults', why: ASKS },
  'elicitation-sep1330-enums': { needs: 'test_elicitation_sep1330_enums', why: ASKS },
  'server-sse-polling': {
    needs: 'test_reconnection',
    why: 'its calls are over before a client could connect anew',
  },
  'logging-set-level': { needs: 'logging/setLevel', why: LOGS },
  'completion-complete': { needs: 'completion/complete', why: 'it has nothing to complete' },
  'resources-list': { needs: 'resources/list', why: RESOURCES },
  'resources-read-text': { needs: 'resources/read', why: RESOURCES },
  'resources-read-binary': { needs: 'resources/read', why: RESOURCES },
  'resources-templates-read': { needs: 'resources/read', why: RESOURCES },
  'resources-subscribe': { needs: 'resources/subscribe', why: RESOURCES },
  'resources-unsubscribe': { needs: 'resources/subscribe', why: RESOURCES },
  'prompts-list': { needs: 'prompts/list', why: PROMPTS },
  'prompts-get-simple': { needs: 'prompts/get', why: PROMPTS },
  'prompts-get-with-args': { needs: 'prompts/get', why: PROMPTS },
  'prompts-get-embedded-resource': { needs: 'prompts/get', why: PROMPTS },
  'prompts-get-with-image': { needs: 'prompts/get', why: PROMPTS },
};
