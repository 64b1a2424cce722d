import { foldLatin, foldText } from './fold.ts';
import { addressing, addressingLatin } from './phrases.ts';

/**
 * Characters that hide or turn text: tags outside of the flags they are meant for, overriding the direction, runs of
 * what has no width, runs of variation selectors (which can hold bytes).
 */
const hidden =
  /(?<!\u{1F3F4}[\u{E0020}-\u{E007E}]{0,8})[\u{E0001}\u{E0020}-\u{E007F}]|[\u202D\u202E]|[\u200B-\u200D\u2060-\u2064\uFEFF]{6}|[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]{3}/u;

/** Markup by which programs tell a model who speaks, which tool it calls, or where data ends, ours included. */
const markup: readonly RegExp[] = [
  /<\|[\w ]{2,30}\|>/,
  /\[\/?inst\]|<<\/?sys>>|<\/?s>\s*\[|<(?:start|end)_of_turn>/,
  /<\/?(?:system|assistant|instructions?|prompt|tool_(?:call|use|result|response)s?|function_(?:call|result)s?|(?:\w+:)?invoke|(?:\w+:)?function_calls)\b[^<>]*>/,
  /"(?:tool_calls?|function_call|tool_use|function|name)"\s*:\s*(?:\[|\{|"[\w.-]+"\s*,\s*"(?:arguments|parameters|input)"\s*:)/,
  /^\W*#{2,}\s*(?:system|assistant|instructions?|new instructions?|prompt)\b[^\p{L}]*(?:$|\n)/mu,
  /^\W*(?:system|developer)\s+(?:prompt|message|instructions?|override|notice|update)\s*(?::|$)/m,
  /^\W*(?:system|assistant|user|human)\s*:[^]*^\W*(?:system|assistant|user|human)\s*:/m,
  /<{2,}\W*(?:data-|end\b)/,
];

/** Quick actions of GitLab at the start of a line, and our own command anywhere a word begins. */
const command =
  /(?<![\p{L}\p{N}/:.])[/⁄∕⧸]\s?pulse\b|^[\s>*+-]*[/⁄∕⧸](?:approve|assign|assign_reviewer|award|blocked_by|blocks|board_move|cc|child_of|clear_\w+|clone|close|confidential|convert_to_ticket|copy_metadata|create_merge_request|done|draft|due|duplicate|epic|estimate|health_status|iteration|label|link|lock|merge|milestone|move|parent|promote|promote_to|publish|react|ready|reassign|reassign_reviewer|rebase|relabel|relate|remove_\w+|reopen|request_changes|request_review|run_pipeline|set_parent|severity|shrug|spend|spent|spend_time|submit_review|subscribe|tableflip|target_branch|timeline|title|todo|type|unapprove|unassign|unassign_reviewer|unlabel|unlink|unlock|unrelate|unsubscribe|weight|zoom)\b/mu;

/** Whether a text addresses a language model or carries a command, in any of many languages and disguises. */
export function isInstruction(text: string): boolean {
  if (hidden.test(text)) return true;
  const folded = foldText(text);
  if (command.test(folded) || markup.some((sign) => sign.test(folded))) return true;
  if (addressing.some((phrase) => phrase.test(folded))) return true;
  const latin = foldLatin(folded);
  return addressingLatin.some((phrase) => phrase.test(latin)) || markup[0]?.test(latin) === true;
}
