/** Light, dark, or what the system says. Remembered in this browser, not in links: it is a matter of taste. */
const NAME = 'rideau.theme';

export function theme() {
  try {
    return localStorage.getItem(NAME) ?? 'system';
  } catch {
    return 'system';
  }
}

export function applyTheme(chosen = theme()) {
  const isDark =
    chosen === 'dark' || (chosen === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  try {
    localStorage.setItem(NAME, chosen);
  } catch {
    // Kept for this page only.
  }
}

/** Calls when the system changes between light and dark. */
export function onSystemTheme(listener, signal) {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', listener, { signal });
}
