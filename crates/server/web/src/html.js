// The one template function of the desk. It makes text nodes of every value: page text is never read as HTML.
import { h } from 'preact';
import htm from 'htm';

export const html = htm.bind(h);
