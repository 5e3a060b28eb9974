/*
 * What is said in a case by its pages, and how it is told from all else.
 */

/** Where it comes from: as journals have it since the list and a case were one function. */
export const SOURCE = '/frist/watch-page';

/** What a form is filled in under: made when the page is, so that a form that is sent twice says the same thing twice. */
export const STATEMENT = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

/** Stands for a statement where nothing was said, since it was done already or is not to be done any more. */
export const NEEDLESS = 'needless';

/** The same where nothing was posted either: the form is not there any more. */
export const GONE = 'gone';
