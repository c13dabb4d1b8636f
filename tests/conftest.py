"""How property tests run everywhere: a busy machine draws slowly, which says nothing about the code."""

from hypothesis import HealthCheck, settings

settings.register_profile("yuece", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("yuece")
