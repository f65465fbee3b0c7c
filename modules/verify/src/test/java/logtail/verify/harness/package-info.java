/** What the black-box tests drive the programs with; knows the contract only, no class of the product. */
@NullMarked
package logtail.verify.harness;

import org.jspecify.annotations.NullMarked;
