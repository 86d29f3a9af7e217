package dev.handoff.systems.trainingvideos.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the pages of training videos.
///
/// @param pollEvery interval at which a page polls for the state of its module
/// @param slowAfter time after which a page with 0 % progress says that processing takes longer
///   than usual
/// @param pollFor how long a page polls before it gives up
@ConfigurationProperties("handoff.systems.training-videos")
public record TrainingPage(
    @DefaultValue("3s") Duration pollEvery,
    @DefaultValue("20s") Duration slowAfter,
    @DefaultValue("5m") Duration pollFor) {}
