// enketo-transformer's native XSLT does not compile on Node 20, so its web build runs in the browser, ahead of time.
import { transform } from 'enketo-transformer/web';

window.transformForm = async (xform) => {
  const { form, model } = await transform({ xform, theme: 'formhub' });
  return { form, model };
};
