/* On which side of a line a point lies, without error: floating point first, and where its rounding could
 * hide the sign, the six products of the determinant summed exactly (J. R. Shewchuk, Adaptive Precision
 * Floating-Point Arithmetic, Discrete & Computational Geometry 18, 1997: two-product and grow-expansion). */
#include "geo/orient.h"

#include <math.h>

/* Shewchuk's bound A: beyond it the rounded determinant has the right sign. */
static const double epsilon = 1.1102230246251565e-16;

/* Adds b to the expansion e of `count` parts, whose sum is exact; the sum has one more. */
static int grow(double *e, int count, double b)
{
    double q = b;
    for (int i = 0; i < count; i++) {
        double sum = q + e[i], part = sum - q;
        e[i] = (q - (sum - part)) + (e[i] - part);
        q = sum;
    }
    e[count] = q;
    return count + 1;
}

static int exact_sign(const double *a, const double *b, const double *c)
{
    /* a x b + b x c + c x a, each a difference of two products */
    const double left[6] = {a[0], -a[1], b[0], -b[1], c[0], -c[1]};
    const double right[6] = {b[1], b[0], c[1], c[0], a[1], a[0]};
    double sum[12];
    int count = 0;
    for (int i = 0; i < 6; i++) {
        double product = left[i] * right[i];
        count = grow(sum, count, fma(left[i], right[i], -product));
        count = grow(sum, count, product);
    }
    /* The parts do not overlap: the last one that is not zero has the sign of all. */
    while (count > 0 && sum[count - 1] == 0)
        count--;
    return count == 0 ? 0 : sum[count - 1] > 0 ? 1 : -1;
}

int ab__orient(const double *a, const double *b, const double *c)
{
    double left = (a[0] - c[0]) * (b[1] - c[1]), right = (a[1] - c[1]) * (b[0] - c[0]);
    double area = left - right;
    double bound = (3 + 16 * epsilon) * epsilon * (fabs(left) + fabs(right));
    if (area > bound || area < -bound)
        return area > 0 ? 1 : -1;
    return exact_sign(a, b, c);
}
