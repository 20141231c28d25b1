/** The texts of the invitation to this page, in Italian. */
import type { enInvite } from "./en-invite.ts";

export const itInvite: typeof enInvite = {
  title: "Invita un telefono",
  how: "Inquadra questo codice con la fotocamera del telefono, oppure manda il link a qualcuno.",
  code: "Codice QR con il link d’invito",
  link: "Link d’invito",
  until: "Chi lo apre da lì in poi può entrare. Il link stesso scade quando il bridge viene fermato.",
  hereOnly: "Solo questo computer può aprire questa pagina. Per far entrare i telefoni, avvia un bridge così:",
  noAnswer: "Il bridge non ha risposto. Chiudi e riprova.",
};
