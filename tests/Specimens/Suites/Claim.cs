#if TYPED
[assembly: MustBeCollected(typeof(Suites.Watched))]
#elif CLAIMED
[assembly: MustBeCollected]
#endif

namespace Suites;

/// <summary>What the claim with types looks for, and does not find.</summary>
public sealed class Watched;
