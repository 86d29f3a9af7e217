package dev.handoff.spring.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of a webhook's deliveries, the newest first.
///
/// @param next the cursor of the next page; null on the last one
public record DeliveriesView(List<DeliveryView> deliveries, @Nullable String next) {}
