namespace LifetimeMonitoring.Diagnosis;

/// <summary>The paths to an object, and the effect of cutting the suspect reference of the first one.</summary>
/// <param name="Paths">The paths, the nearest first.</param>
/// <param name="SuspectIsOnEvery">Whether cutting it frees the object; null when unknown.</param>
/// <param name="Times">The number of references that read the same as the suspect.</param>
/// <param name="TimesAreAll">Whether cutting all of these frees the object.</param>
internal sealed record OtherPaths(
    IReadOnlyList<CandidatePath> Paths,
    bool? SuspectIsOnEvery,
    int Times,
    bool TimesAreAll)
{
    /// <summary>The same where something that the search cannot see may hold the object, too.</summary>
    public OtherPaths WithoutProof() => this with
    {
        SuspectIsOnEvery = SuspectIsOnEvery == true ? null : SuspectIsOnEvery,
        TimesAreAll = false,
    };
}
