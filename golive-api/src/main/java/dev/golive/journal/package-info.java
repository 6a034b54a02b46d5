/**
 * The record of one launch: an append-only journal whose entries are chained by hashes, and signatures of people.
 *
 * <p>A {@link dev.golive.journal.Journal} knows nothing of launches. It keeps what it is given, in order, and can prove
 * later that nothing was changed, taken out, moved or put in.
 *
 * <h2>The file</h2>
 *
 * <p>A journal in a file is lines of UTF-8, each ended by one line feed. Each line is one JSON object without white
 * space between its parts. There are two kinds of lines:
 *
 * <ul>
 *   <li>Whenever the journal is opened for writing, a line says who owns it from here on. The first such line is the
 *       first line of the file. {@code version} is the version of this format; {@code epoch} is 1 in the first and one
 *       more in each later one; {@code previous} is the hash of the entry before it, or 64 zeros. These lines are not
 *       entries. They hold nothing that does not follow from the lines around them, so a changed one does not fit.
 *       <pre>{@code {"journal":"golive","version":1,"epoch":1,"previous":"0000...0000"}}</pre>
 *   <li>Every other line is an entry, with exactly these fields in exactly this order; two lines here, one there.
 *       <pre>{@code {"number":1,"at":"2027-03-02T09:00:00Z","actor":"kim","epoch":1,"type":"armed",
 * "data":{"plan":"shop"},"previous":"0000...0000","hash":"5f1c...90ab"}}</pre>
 *       {@code number} counts from 1 without gaps, {@code at} is an ISO 8601 instant in UTC as
 *       {@link java.time.Instant#toString()} writes it, {@code epoch} is that of the last owner, {@code data} is any
 *       JSON object, {@code previous} is the {@code hash} of the entry before, or 64 zeros in the first.
 * </ul>
 *
 * <h2>The canonical form</h2>
 *
 * <p>There is one way only to write an entry, and a line that is written in another way is damaged:
 *
 * <ul>
 *   <li>no white space outside of strings, and no member name twice in one object of {@code data};
 *   <li>the members of {@code data} stay in the order, and its numbers in the notation, in which they were given;
 *   <li>in strings a quotation mark and a backslash are escaped by a backslash; the control characters below U+0020 are
 *       <code>&#92;b</code>, <code>&#92;t</code>, <code>&#92;n</code>, <code>&#92;f</code>, <code>&#92;r</code>, or
 *       <code>&#92;u00</code> and two digits; half of a surrogate pair that stands alone is <code>&#92;u</code> and four
 *       digits; hexadecimal digits are in lower case. Everything else stands for itself.
 * </ul>
 *
 * <p>The {@code hash} is the SHA-256 of the UTF-8 bytes of the line as it would be without its last member: everything
 * before {@code ,"hash":}, and a closing brace. It is written as 64 hexadecimal digits in lower case. So anybody can
 * follow the chain with the tools of any Unix; entry 7 has the hash that this prints:
 *
 * <pre>
 * grep '^&#123;"number":7,' shop.journal | sed 's/,"hash":"[0-9a-f]*"&#125;$/&#125;/' | tr -d '\n' | sha256sum
 * </pre>
 *
 * <h2>What the chain proves</h2>
 *
 * <p>A change of any byte of any entry is found, and so is an entry that is missing before the last, stands elsewhere
 * or stands twice. Two things cannot be found from the file alone: that entries at its end were cut off, and that
 * somebody who can write the file wrote all of it anew from some entry on. Both are found by whoever knows the
 * {@linkplain dev.golive.journal.Journal#head head} of the journal from elsewhere: announce it, or
 * {@linkplain dev.golive.journal.TextSignature sign} it.
 */
@NullMarked
package dev.golive.journal;

import org.jspecify.annotations.NullMarked;
