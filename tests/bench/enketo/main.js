// The page of a plain enketo-core client: fetch a form that was transformed ahead of time, show it, keep it in reach.
import 'enketo-core/src/sass/formhub/formhub.scss';
import { Form } from 'enketo-core/form';

const transformed = await (await fetch('./form.json')).json();
document.querySelector('#form').append(document.createRange().createContextualFragment(transformed.form));
const form = new Form(document.querySelector('form.or'), {
  modelStr: transformed.model,
  instanceStr: null,
  submitted: false,
  external: [],
});
window.enketoErrors = form.init().map(String);
window.enketoForm = form;
