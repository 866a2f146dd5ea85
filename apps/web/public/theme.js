// Runs before the first paint, so that no wrong theme flashes. A file of its own: the page allows no inline script.
try {
  const theme = localStorage.getItem('thalogos.theme');
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be closed to the page; the system's theme is used then.
}
