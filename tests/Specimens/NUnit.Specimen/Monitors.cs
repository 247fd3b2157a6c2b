namespace NUnit.Specimen;

/// <summary>The constraint on monitors and weak references.</summary>
public sealed class Monitors
{
    [Test]
    public void It_is_dead() => Assert.That(Suspect.Dead(), Is.Collected);

    [Test]
    public void A_static_field_holds_it() => Assert.That(Suspect.Kept(), Is.Collected);

    [Test]
    public void A_static_field_holds_it_in_older_words() => Assert.That(Suspect.Kept(), Collected.Constraint);

    [Test]
    public void A_static_field_holds_it_and_no_constraint_asks() => Suspect.Kept().AssertDead();

    [Test]
    public void The_target_of_a_weak_reference_is_dead() => Assert.That(Weak(Suspect.Make), Is.Collected);

    [Test]
    public void A_static_field_holds_the_target_of_a_weak_reference() => Assert.That(Weak(Suspect.MakeAndKeep), Is.Collected);

    [Test]
    public void The_target_of_a_generic_weak_reference_is_dead() => Assert.That(Generic(Suspect.Make), Is.Collected);

    [Test]
    public void A_static_field_holds_the_target_of_a_generic_weak_reference() => Assert.That(Generic(Suspect.MakeAndKeep), Is.Collected);

    [Test]
    public void An_object_itself_is_refused() => Assert.That(new Suspect(), Is.Collected);

    private static WeakReference Weak(Func<Suspect> make) => new(make());

    private static WeakReference<Suspect> Generic(Func<Suspect> make) => new(make());
}
