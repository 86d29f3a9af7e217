/// Meeting notes and their summaries: a small application that hands its slow work off. Start
/// reading at [MeetingService], then [SummaryTask].
@NullMarked
package com.example.meetings;

import org.jspecify.annotations.NullMarked;
