#pragma once

#include <functional>

namespace quaygate {

class MessageBar;

/// Tells a person who is editing that the file has changed meanwhile, and asks which of the two is
/// to go: `reload` takes the file's, `keep` goes on from it with what was edited.
void tellChangedOnDisk(MessageBar *message, std::function<void()> reload,
                       std::function<void()> keep);

} // namespace quaygate
