/** What feedback tells of a model. Computes only: no clock, no thread, no input or output. */
package io.fieldmark.quality;
