/** The texts of the invitation to this page, in English. */

export const enInvite = {
  title: "Invite a phone",
  how: "Point the phone’s camera at this code, or send the link to somebody.",
  code: "QR code with the invitation link",
  link: "Invitation link",
  until: "Whoever opens it comes in from then on. The link itself ends when the bridge is stopped.",
  hereOnly: "Only this computer can open this page. To let phones in, start a bridge like this:",
  noAnswer: "The bridge did not answer. Close this and try again.",
};
