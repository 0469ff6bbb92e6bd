// The engine alone, without screens: what it takes to open a form and answer it.
import { createInstance, loadForm } from '@getodk/xforms-engine';

window.engine = { createInstance, loadForm };
