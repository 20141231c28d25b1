/** Whatever a program writes from now on, other users of the computer cannot read, whoever can open its folder. */
export function keepFilesPrivate(): void {
  process.umask(0o077);
}
