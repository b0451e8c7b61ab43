#pragma once

/// The workflow of a case. In: an SCXML document of the profile urn:paraphe:workflow:1 (`read`),
/// events and what the outside knows (`Environment`). Out: a new snapshot and the effects that the
/// chart orders (`step`), what people may do (`permitted`), findings (`check`), a picture
/// (`to_svg`). Nothing here has side effects, reads a clock or opens a file but `read_definition`.
/// Standard: SCXML 1.0, W3C Recommendation of 1 September 2015, algorithm of appendix D.
/// Phases: reader → Definition → start/step (interpreter) → Snapshot.
#include "workflow/checker.hpp"
#include "workflow/definition.hpp"
#include "workflow/diagram.hpp"
#include "workflow/reader.hpp"
#include "workflow/runner.hpp"
#include "workflow/snapshot.hpp"
#include "workflow/step.hpp"
