/** Why something was not done, in words for people on plain text. */
import type { JoinOutcome, MessageProblem, RuleOutcome } from "../chat/outcomes.ts";
import { minuteOf } from "./plain-lines.ts";
import type { Texts } from "./texts/en.ts";

/** Why nothing was said or changed in a place. */
export function explainTalk(texts: Texts, code: MessageProblem, room: string): string {
  switch (code) {
    case "no-such-person":
      return texts.noSuchPerson;
    case "no-such-room":
    case "not-in-room":
    case "not-logged-in":
      return texts.notInRoom(room);
    case "no-such-message":
      return texts.noSuchMessage;
    case "not-yours":
      return texts.notYours;
    case "too-many-reactions":
      return texts.tooManyReactions;
    case "too-many-conversations":
      return texts.tooManyConversations;
    case "too-many-new-conversations":
      return texts.tooManyNewConversations;
    case "not-stored":
      return texts.notStored;
    case "empty":
    case "too-long":
    case "too-many-lines":
      return texts.textProblem(code);
    default:
      return texts.rightsProblem(code);
  }
}

/** Why somebody with rights did not do something. */
export function explainRule(texts: Texts, outcome: Extract<RuleOutcome, { ok: false }>, room: string): string {
  switch (outcome.code) {
    case "invalid":
      return texts.wrongField(outcome.field);
    case "not-here":
    case "last-owner":
    case "no-such-rule":
    case "too-many-rules":
    case "too-many-new-rules":
      return texts.rightsProblem(outcome.code);
    default:
      return explainTalk(texts, outcome.code, room);
  }
}

/** Why a room cannot be joined. */
export function explainJoin(texts: Texts, outcome: Extract<JoinOutcome, { ok: false }>): string {
  switch (outcome.code) {
    case "room-invalid":
      return outcome.like === undefined ? texts.roomInvalid : texts.roomLike(outcome.like);
    case "too-many-rooms":
      return texts.tooManyRooms;
    case "too-many-new-rooms":
      return texts.tooManyNewRooms;
    case "not-invited":
      return texts.rightsProblem(outcome.code);
    case "banned":
      return texts.banned(minuteOf(outcome.until), outcome.reason ?? "");
  }
}
