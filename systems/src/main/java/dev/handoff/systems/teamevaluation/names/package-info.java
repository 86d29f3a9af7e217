/// Takes everything out of a text that tells who is meant. [Anonymiser] is the door, and
/// [NamelessText] what comes out of it.
///
/// A text is folded ([FoldedText]): without accents, case, invisible characters and letters that
/// only look like Latin ones, and with the way back to what was written. The folded text is cut
/// into pieces ([Pieces]). From each person's name the ways to write it are made once
/// ([NameForms]), as letters without anything between them. Pieces that stand close together and
/// have the letters of such a form are a name ([NameFinder]). What is an ordinary word as well is
/// one only where it is written like a name ([NameContext]). Addresses and numbers of all kinds are
/// found by their form ([ContactFinder]).
///
/// Depends on nothing of the other packages. Start reading at [Anonymiser].
@NullMarked
package dev.handoff.systems.teamevaluation.names;

import org.jspecify.annotations.NullMarked;
