/** The places that the text of a mail may leave, between braces, for what is known when it is sent. */
export type Place = 'provider' | 'incoming' | 'incomingContact' | 'leaving' | 'date' | 'day' | 'documentation';
