// The pages' own script. Loaded as a module; nothing here runs before a page asks.

const ONE_YEAR_SECONDS = 31536000;

/** Tells the page when somebody does something, at most once in so many seconds, and when the system's theme changes. */
export function start(page, seconds) {
  let told = 0;
  const tell = () => {
    const now = Date.now();
    if (now - told >= seconds * 1000) {
      told = now;
      page.invokeMethodAsync('Touch').catch(() => {});
    }
  };
  for (const event of ['pointerdown', 'keydown', 'wheel', 'touchstart']) {
    document.addEventListener(event, tell, { passive: true });
  }

  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', () => page.invokeMethodAsync('ShowSystemTheme', dark.matches).catch(() => {}));
  return { offset: new Date().getTimezoneOffset(), isDark: dark.matches };
}

/** Takes what stands in a field as UTF-8 and empties the field: a raw identifier is never a string on the server. */
export function take(field) {
  const bytes = new TextEncoder().encode(field.value.trim());
  field.value = '';
  return bytes;
}

/** A field's text as UTF-8, to be read in pieces; the field stays as it is. */
export function read(field) {
  return new TextEncoder().encode(field.value);
}

/** Keeps a choice for a year. */
export function keep(name, value) {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${name}=${value}; Path=/; Max-Age=${ONE_YEAR_SECONDS}; SameSite=Strict${secure}`;
}

export function showTheme(theme) {
  document.documentElement.dataset.theme = theme;
}

export function reload() {
  location.reload();
}

/** Has the browser save a file. */
export async function save(name, stream) {
  const address = URL.createObjectURL(new Blob([await stream.arrayBuffer()], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
