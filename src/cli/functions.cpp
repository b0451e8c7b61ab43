#include <ostream>

#include "cli/commands.hpp"
#include "expression/registry.hpp"
#include "rules/functions.hpp"

namespace paraphe::cli {

int functions(Console& console) {
    const expression::Registry& registry = rules::registry();
    console.out << "### Functions\n\n"
                << registry.markdown(expression::Role::function) << "\n### Filters\n\n"
                << registry.markdown(expression::Role::filter) << "\n### Tests\n\n"
                << registry.markdown(expression::Role::test) << "\n### Methods\n\n"
                << registry.markdown(expression::Role::method);
    return 0;
}

}  // namespace paraphe::cli
