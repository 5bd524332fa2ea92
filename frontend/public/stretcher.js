// Stretches a password to a key beside the page. It gets the program as the page has compiled it already.
onmessage = async ({ data: [module, password, salt] }) => {
  const { initSync, stretched } = await import(`/pkg/frontend.js${location.search}`);
  initSync({ module });
  postMessage(stretched(password, salt));
};
