#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include "at_end.hpp"

int main(int count, char** words) {
    doctest::Context context(count, words);
    const int failed = context.run();
    for (const auto& act : paraphe::test::at_end())
        act();
    return failed;
}
