// The conversations that every family's template is asked to render.
const say = (role, content) => ({ role, content });

export const conversations = {
  "one question": [say("user", "Name a colour.")],
  "system and question": [say("system", "You write slogans."), say("user", "One for a kettle, please.")],
  "several turns": [
    say("user", "Hello"),
    say("assistant", "Hello! What can I do?"),
    say("user", "Count to three."),
    say("assistant", "One, two, three."),
    say("user", "Further."),
  ],
  "system and several turns": [
    say("system", "Be brief."),
    say("user", "Why is the sky blue?"),
    say("assistant", "Rayleigh scattering."),
    say("user", "And red at dusk?"),
  ],
  "ends with an answer": [say("user", "Ping"), say("assistant", "Pong")],
  "nothing said": [],
  "empty contents": [say("system", ""), say("user", ""), say("assistant", ""), say("user", " ")],
  unicode: [
    say("system", "Réponds en français, 日本語, العربية — and emoji 👩‍👩‍👧‍👦🏳️‍🌈."),
    say("user", "e\u0301 é ß İ ı ﬁ 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \u202eabc\u202c \u0000\u0007"),
    say("assistant", "𝒶\u{1F600}\u200b zero width"),
    say("user", "Ωμέγα ΣΊΣΥΦΟΣ"),
  ],
  "white space at the ends": [
    say("system", "\n\n  indented \t\n"),
    say("user", "\t first\r\n second \r\n\r\n"),
    say("assistant", "   \n "),
    say("user", "\u00a0no-break\u00a0 \u2003em\u2003\u3000"),
  ],
  "marks inside of contents": [
    say("user", "{{ messages }} {% raw %} {# no #} <|im_end|> [/INST] </s> \\n 'q' \"q\" $1 \\1 %s"),
    say("assistant", "<think>\nfirst this\n</think>\n\nthen that</think> rest"),
    say("user", "<tool_response>x</tool_response>"),
  ],
  "thoughts in every answer": [
    say("user", "a"),
    say("assistant", "<think>one</think>\n\n1"),
    say("user", "b"),
    say("assistant", "<think>\n\ntwo\n\n</think>\n\n2"),
  ],
  "unknown role": [say("user", "Hi"), say("critic", "I object.")],
  "two questions in a row": [say("user", "First"), say("user", "Second")],
  "answer first": [say("assistant", "Welcome."), say("user", "Thanks.")],
  "system in the middle": [
    say("user", "Hi"),
    say("assistant", "Hi."),
    say("system", "Change of tone."),
    say("user", "Go on."),
  ],
  "result of a tool": [
    say("user", "What time is it?"),
    say("assistant", "Let me look."),
    say("tool", "12:30"),
    say("tool", "in Paris"),
    say("assistant", "Half past twelve."),
  ],
};

const weather = {
  type: "function",
  function: {
    name: "weather",
    description: "The weather of a place's \"now\" & <here>.",
    parameters: {
      type: "object",
      properties: {
        place: { type: "string", description: "Where, e.g. Genève" },
        days: { type: "integer", default: 1 },
        units: { type: "array", items: { type: "string", enum: ["°C", "°F"] } },
        detail: { type: "object", properties: { wind: { type: ["number", "null"] } }, required: ["wind"] },
      },
      required: ["place"],
    },
  },
};
const clock = { type: "function", function: { name: "clock", description: "The time.", parameters: {} } };

const call = (id, name, args) => ({ type: "function", id, function: { name, arguments: args } });

// Conversations with more than role and content, which callers with tools send.
export const toolConversations = {
  "tools offered": { messages: conversations["system and question"], tools: [weather, clock] },
  "tool called": {
    messages: [
      say("user", "Weather in Genève?"),
      { role: "assistant", content: null, tool_calls: [call("abcdef123", "weather", { place: "Genève", days: 2.5 })] },
      say("tool", '{"sky": "clear"}'),
      say("assistant", "Clear."),
      say("user", "Thanks!"),
    ],
    tools: [weather],
  },
  "two tools called": {
    messages: [
      say("user", "Weather and time?"),
      {
        role: "assistant",
        content: "Both:",
        tool_calls: [call("abcdef123", "weather", { place: "Oslo" }), call("x", "clock", {})],
      },
      say("tool", "rain"),
      say("tool", "noon"),
    ],
    tools: [weather, clock],
  },
  "parts as content": {
    messages: [
      { role: "system", content: [{ type: "text", text: " Look closely. " }] },
      { role: "user", content: [{ type: "image" }, { type: "text", text: " What is this?\n" }] },
    ],
  },
};
