/** Copies a text after a click of the user. Returns whether it was copied. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyAsSelection(text);
  }
}

// If the web view keeps the clipboard from pages, it still copies as the menu entry would.
function copyAsSelection(text: string): boolean {
  const fill = (event: ClipboardEvent) => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
  };
  document.addEventListener("copy", fill);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else copies without the permission to do so
  const done = document.execCommand("copy");
  document.removeEventListener("copy", fill);
  return done;
}
