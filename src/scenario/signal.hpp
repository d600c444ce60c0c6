#pragma once

#include <map>
#include <string>
#include <vector>

#include "psoas/scenario/simulation.hpp"

namespace psoas::simulation {

/// A signal in pieces, with its parameters filled in.
class Signal {
 public:
  enum class Kind {
    any,        ///< every finite value
    excitation  ///< from 0 to 1; a rounding beyond them of up to 1e-12 is taken off
  };

  /// @param known  the parameters; `t` is added
  /// @throws SpecError for expressions that cannot be evaluated, values that the kind does not have, and pieces that
  ///         overlap or run backwards
  Signal(const std::vector<SignalPiece>& pieces, std::map<std::string, double> known, Kind kind = Kind::any);

  /// @param left  at a place where pieces meet: the limit from before it
  /// @throws SpecError naming the place of an expression whose value there is none, or none of the kind
  double at(double t, bool left = false) const;
  /// Rate of the piece that holds at t, 0 outside of all.
  double rate_at(double t, bool left = false) const;
  /// Where pieces begin or end  [s].
  std::vector<double> switches() const;

 private:
  struct Piece {
    double from, to;
    Expression value;
  };
  const Piece* holding(double t, bool left) const;
  double value(const Piece& piece, double t) const;

  Kind kind_;
  std::vector<Piece> pieces_;
  mutable std::map<std::string, double> known_;
};

}  // namespace psoas::simulation
