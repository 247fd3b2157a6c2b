namespace NUnit.Specimen;

/// <summary>The constraint among other words of NUnit.</summary>
public sealed class Expressions
{
    [Test]
    public void Not_of_one_that_lives() => Assert.That(Suspect.Kept(), Is.Not.Collected);

    [Test]
    public void Not_of_one_that_is_dead() => Assert.That(Suspect.Dead(), Is.Not.Collected);

    [Test]
    public void Not_of_one_that_is_dead_in_older_words() => Assert.That(Suspect.Dead(), Is.Not.Append(Collected.Constraint));

    [Test]
    public void And_of_one_that_is_dead() => Assert.That(Suspect.Dead(), Is.Not.Null.And.Collected);

    [Test]
    public void And_of_one_that_lives() => Assert.That(Suspect.Kept(), Is.Not.Null.And.Collected);

    [Test]
    public void And_of_one_that_lives_in_older_words() => Assert.That(Suspect.Kept(), Is.Not.Null & Collected.Constraint);

    [Test]
    public void All_of_some_that_are_dead() => Assert.That(new[] { Suspect.Dead(), Suspect.Dead() }, Has.All.Collected);

    [Test]
    public void All_of_some_of_which_one_lives() => Assert.That(new[] { Suspect.Dead(), Suspect.Kept() }, Has.All.Collected);

    [Test]
    public void After_a_while_it_is_dead() => Assert.That(Suspect.Dead(), Is.Collected.After(10));

    [Test]
    public void While_the_assertion_waits_it_dies() => Assert.That(
        Suspect.KeptFor(TimeSpan.FromMilliseconds(500)),
        Is.Collected.After(60).Seconds.PollEvery(100).MilliSeconds);

    [Test]
    public void After_a_while_it_lives() => Assert.That(Suspect.Kept(), Is.Collected.After(10));

    [Test]
    public void Not_of_an_object_made_by_a_delegate_is_refused() => Assert.That(() => new Suspect(), Is.Not.Collected);
}
