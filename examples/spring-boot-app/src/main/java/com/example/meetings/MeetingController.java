package com.example.meetings;

import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/// The application's own calls. Its pages follow a meeting's task under `/handoff`.
@RestController
@RequestMapping("/meetings")
class MeetingController {
  private final MeetingService meetings;

  MeetingController(MeetingService meetings) {
    this.meetings = meetings;
  }

  record NewMeeting(String title, String notes) {}

  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  Meeting add(@RequestBody NewMeeting meeting, Principal who) {
    return meetings.add(who.getName(), meeting.title(), meeting.notes());
  }

  @GetMapping("/{id}")
  Meeting get(@PathVariable String id, Principal who) {
    return meetings
        .find(who.getName(), id)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
