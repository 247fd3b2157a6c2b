using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Tests.Diagnosis;

public sealed class CollectionNotesTests
{
    [Fact]
    public void Collections_that_take_seconds_are_said_to_be_the_garbage_collectors() => Assert.Equal(
        ["The garbage collector takes 5.5 s for one full collection of this heap, and 2 were needed: no time budget limits a collection."],
        CollectionNotes.Of(
            [
                Step(CollectionStepKind.OwnGeneration, 9),
                Step(CollectionStepKind.Full, 5),
                Step(CollectionStepKind.Finalizers, 9),
                Step(CollectionStepKind.Full, 6)
            ]));

    [Fact]
    public void Usual_collections_need_no_sentence() =>
        Assert.Empty(CollectionNotes.Of([Step(CollectionStepKind.Full, 0.4), Step(CollectionStepKind.Full, 0.5)]));

    [Fact]
    public void Without_a_full_collection_there_is_no_sentence() => Assert.Empty(CollectionNotes.Of([]));

    private static CollectionStep Step(CollectionStepKind kind, double seconds) =>
        new(kind, 2, TimeSpan.FromSeconds(seconds), hasRun: true, sentinelDied: true);
}
