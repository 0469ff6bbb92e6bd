// The page of a plain ODK Web Forms client: fetch an XForm and show it.
import { OdkWebForm, webFormsPlugin } from '@getodk/web-forms';
import { createApp, h } from 'vue';

const formXml = await (await fetch('./form.xml')).text();
const fetchFormAttachment = async () => new Response('', { status: 404 });
const app = createApp({ render: () => h(OdkWebForm, { formXml, fetchFormAttachment }) });
app.use(webFormsPlugin).mount('#form');
