#pragma once

#include "psoas/model/spec.hpp"
#include "psoas/subject/subject.hpp"

/// The body of personalize(), which subject.hpp declares.

#ifndef PSOAS_COMPILED
#include "psoas/subject/impl/personalize.hpp"
#endif
