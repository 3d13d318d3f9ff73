package io.fieldmark.chaos;

import java.util.List;

/**
 * What became of the promises.
 *
 * @param photos that somebody promised to answer
 * @param results of them: ids with a result on the topic
 * @param lost promised, and without any result
 * @param duplicates further results of an id, which no reader should show
 * @param visibleDuplicates ids for which two readers, or two questions, get different results, or
 *     one that is not the first on its topic
 * @param hidden ids whose result stands on the topic while an ingestion process does not find it
 * @param mismatched results that belong to another photo, or refuse a good one
 * @param deadLetters records on their topic
 * @param imbalance the largest that an ingestion process counts
 * @param complaints the first few of what is wrong, in words
 */
record Verdict(
    int photos,
    int results,
    int lost,
    int duplicates,
    int visibleDuplicates,
    int hidden,
    int mismatched,
    int deadLetters,
    double imbalance,
    List<String> complaints) {

  boolean clean() {
    return lost == 0 && visibleDuplicates == 0 && hidden == 0 && mismatched == 0 && imbalance == 0;
  }
}
