package dev.handoff.systems.trainingvideos.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the pages wait.
///
/// @param pollEvery how often a page asks how its module stands
/// @param slowAfter after this at 0 % the page says that it takes longer than usual
/// @param pollFor how long a page asks
@ConfigurationProperties("handoff.systems.training-videos")
public record TrainingPage(
    @DefaultValue("3s") Duration pollEvery,
    @DefaultValue("20s") Duration slowAfter,
    @DefaultValue("5m") Duration pollFor) {}
