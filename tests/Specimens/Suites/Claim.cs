#if TYPED
[assembly: MustBeCollected(typeof(Suites.Watched))]
#elif CLAIMED
[assembly: MustBeCollected]
#endif

namespace Suites;

/// <summary>The type that the claim looks for, without instances.</summary>
public sealed class Watched;
