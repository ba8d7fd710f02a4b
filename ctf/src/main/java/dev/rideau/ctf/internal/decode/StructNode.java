package dev.rideau.ctf.internal.decode;

/// A structure: its members one after the other.
final class StructNode extends Node {
  private final Node[] members;
  private final long alignmentMask;

  StructNode(Node[] members, int alignmentBits) {
    this.members = members;
    alignmentMask = alignmentBits - 1L;
  }

  @Override
  long decode(DecodeState state, long position, int row) {
    long at = state.aligned(position, alignmentMask);
    if (at > state.limitBits) {
      return state.beyondLimit(at);
    }
    for (Node member : members) {
      at = member.decode(state, at, row);
      if (at < 0) {
        return at;
      }
    }
    return at;
  }
}
