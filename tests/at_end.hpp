#pragma once

#include <functional>
#include <vector>

namespace paraphe::test {

/// What a test program does after its last test, before the first static object dies: threads that
/// all tests share stop here, while what they use is still there.
inline std::vector<std::function<void()>>& at_end() {
    static std::vector<std::function<void()>> acts;
    return acts;
}

}  // namespace paraphe::test
