/** Whether TLS has a certificate that works, and for how long. It is only looked at: the server makes its own itself. */
import { statSync } from "node:fs";
import { type CertificateSource, certificateReader } from "../../tls/certificate-source.ts";
import type { Credentials } from "../../tls/credentials.ts";
import type { Finding } from "./finding.ts";

const about = "certificate";

export async function checkCertificate(source: CertificateSource, now: Date): Promise<Finding[]> {
  if (source.kind === "files") return checkFiles(source, now, findingsOf);
  const { file } = source;
  if (file === undefined) return [{ health: "ok", about, found: "made at each start, and kept in memory" }];
  if (!statSync(file, { throwIfNoEntry: false })) {
    return [{ health: "ok", about, found: `none yet; ${file} is made at the first start` }];
  }
  return checkFiles({ kind: "files", certificate: file, key: file }, now, ownFindingsOf);
}

async function checkFiles(
  source: CertificateSource & { kind: "files" },
  now: Date,
  judge: (credentials: Credentials, now: Date) => Finding[],
): Promise<Finding[]> {
  try {
    const credentials = await certificateReader(source, () => now)();
    return [...judge(credentials, now), ...checkKeyFile(source.key)];
  } catch (error) {
    const advice = "Mend it: the server does not start with it, and one that is running cannot read it again.";
    return [{ health: "problem", about, found: (error as Error).message, advice }];
  }
}

function findingsOf({ certificate, fingerprint, warnings }: Credentials, now: Date): Finding[] {
  const { validFromDate, validToDate } = certificate;
  if (warnings.length === 0) return [{ health: "ok", about, found: `${until(validToDate)}, key ${fingerprint}` }];
  const isValid = validFromDate <= now && now < validToDate;
  return warnings.map((warning) => {
    const end = warning.lastIndexOf(": ");
    const advice = warning.slice(end + 2);
    return {
      health: isValid ? "warning" : "problem",
      about,
      found: warning.slice(0, end),
      advice: `${advice.charAt(0).toUpperCase()}${advice.slice(1)}.`,
    };
  });
}

/** The server renews one of its own. */
function ownFindingsOf({ certificate, fingerprint, warnings }: Credentials): Finding[] {
  const renewed = warnings.length === 0 ? "" : ", renewed at the next start, or within a day";
  return [{ health: "ok", about, found: `${until(certificate.validToDate)}${renewed}, key ${fingerprint}` }];
}

function until(date: Date): string {
  return `valid until ${date.toISOString().slice(0, 10)}`;
}

function checkKeyFile(file: string): Finding[] {
  // A group may be there to share it.
  if (process.platform === "win32" || (statSync(file).mode & 0o007) === 0) return [];
  return [
    {
      health: "warning",
      about: "private key",
      found: `every user of this computer may use ${file}`,
      advice: `Close it: chmod o= ${file}`,
    },
  ];
}
